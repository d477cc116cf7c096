<?php // PHP 8, nothing to install

define('SERVICE_URL', env('LATCHKEY_URL'));
$tokenValue = env('LATCHKEY_TOKEN_VALUE');

function env(string $name): string
{
    return getenv($name) ?: throw new RuntimeException("$name is not set");
}

function call(string $service, string $action, array $params): mixed
{
    $context = stream_context_create(['http' => [
        'method' => 'POST',
        'header' => 'Content-Type: application/json',
        'content' => json_encode(['format' => 1] + $params),
    ]]);
    $answer = json_decode(file_get_contents(SERVICE_URL . "/api_v3/service/$service/action/$action", false, $context));
    // An error comes with status 200: only the answer tells.
    if (($answer->objectType ?? '') === 'KalturaAPIException') {
        throw new RuntimeException("$answer->code: $answer->message");
    }
    return $answer;
}

$widget = call('session', 'startWidgetSession', ['widgetId' => '_' . env('LATCHKEY_PARTNER_ID')])->ks;
$tokenHash = hash('sha256', $widget . $tokenValue);
$session = call('appToken', 'startSession', [
    'ks' => $widget,
    'id' => env('LATCHKEY_TOKEN_ID'),
    'tokenHash' => $tokenHash,
])->ks;
$answer = call('media', 'list', ['ks' => $session, 'pager' => ['pageSize' => 3]]);
echo json_encode($answer, JSON_PRETTY_PRINT), "\n";
