foreach ($name in 'LATCHKEY_URL', 'LATCHKEY_PARTNER_ID', 'LATCHKEY_TOKEN_ID', 'LATCHKEY_TOKEN_VALUE') {
    if (-not [Environment]::GetEnvironmentVariable($name)) { throw "$name is not set" }
}
$serviceUrl = $env:LATCHKEY_URL
$tokenValue = $env:LATCHKEY_TOKEN_VALUE

function Invoke-Call($service, $action, $fields) {
    $url = "$serviceUrl/api_v3/service/$service/action/$action"
    $answer = Invoke-RestMethod -Method Post -Uri $url -Body ($fields + @{ format = 1 }) -UseBasicParsing
    # An error comes with status 200: only the answer tells.
    if ($answer.objectType -eq 'KalturaAPIException') { throw "$($answer.code): $($answer.message)" }
    $answer
}

$widget = (Invoke-Call 'session' 'startWidgetSession' @{ 'widgetId' = "_$env:LATCHKEY_PARTNER_ID" }).ks
$digest = [Security.Cryptography.SHA256]::Create().ComputeHash([Text.Encoding]::UTF8.GetBytes($widget + $tokenValue))
$tokenHash = -join ($digest | ForEach-Object { $_.ToString('x2') })
$session = (Invoke-Call 'appToken' 'startSession' @{
    'ks' = $widget
    'id' = $env:LATCHKEY_TOKEN_ID
    'tokenHash' = $tokenHash
}).ks
$answer = Invoke-Call 'media' 'list' @{ 'ks' = $session; 'pager:pageSize' = '3' }
$answer | ConvertTo-Json -Depth 10
