// .NET 8: dotnet new console, and this as Program.cs
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

string serviceUrl = Env("LATCHKEY_URL");
string tokenValue = Env("LATCHKEY_TOKEN_VALUE");
using var http = new HttpClient();

string widget = Ks(await Call("session", "startWidgetSession", new() {
    ["widgetId"] = "_" + Env("LATCHKEY_PARTNER_ID"),
}));
byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes(widget + tokenValue));
string tokenHash = Convert.ToHexString(digest).ToLowerInvariant();
string session = Ks(await Call("appToken", "startSession", new() {
    ["ks"] = widget,
    ["id"] = Env("LATCHKEY_TOKEN_ID"),
    ["tokenHash"] = tokenHash,
}));
Console.WriteLine(await Call("media", "list", new() { ["ks"] = session, ["pager:pageSize"] = "3" }));

async Task<JsonElement> Call(string service, string action, Dictionary<string, string> fields)
{
    fields["format"] = "1";
    using var form = new FormUrlEncodedContent(fields!);
    using var reply = await http.PostAsync($"{serviceUrl}/api_v3/service/{service}/action/{action}", form);
    JsonElement answer = JsonDocument.Parse(await reply.Content.ReadAsStringAsync()).RootElement;
    // An error comes with status 200: only the answer tells.
    if (answer.ValueKind == JsonValueKind.Object
        && answer.TryGetProperty("objectType", out JsonElement type)
        && type.GetString() == "KalturaAPIException")
    {
        throw new Exception($"{answer.GetProperty("code")}: {answer.GetProperty("message")}");
    }
    return answer;
}

string Ks(JsonElement answer) => answer.GetProperty("ks").GetString()!;

string Env(string name) => Environment.GetEnvironmentVariable(name) ?? throw new Exception($"{name} is not set");
