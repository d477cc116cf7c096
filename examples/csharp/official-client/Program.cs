// .NET 8: dotnet run in this folder
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kaltura;
using Kaltura.Services;
using Kaltura.Types;

string tokenValue = Env("LATCHKEY_TOKEN_VALUE");
var client = new Client(new Configuration { ServiceUrl = Env("LATCHKEY_URL") });

try
{
    string widget = (await SessionService.StartWidgetSession("_" + Env("LATCHKEY_PARTNER_ID")).ExecuteAsync(client)).Ks;
    client.KS = widget;
    byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes(widget + tokenValue));
    string tokenHash = Convert.ToHexString(digest).ToLowerInvariant();
    client.KS = (await AppTokenService.StartSession(Env("LATCHKEY_TOKEN_ID"), tokenHash).ExecuteAsync(client)).Ks;
    var answer = await MediaService.List(pager: new FilterPager { PageSize = 3 }).ExecuteAsync(client);

    var objects = answer.Objects.Select(entry => new { id = entry.Id, name = entry.Name });
    var list = new { totalCount = answer.TotalCount, objects };
    Console.WriteLine(JsonSerializer.Serialize(list, new JsonSerializerOptions { WriteIndented = true }));
    return 0;
}
catch (APIException refusal)
{
    Console.Error.WriteLine($"{refusal.Code}: {refusal.Message}");
    return 1;
}

string Env(string name) => Environment.GetEnvironmentVariable(name) ?? throw new Exception($"{name} is not set");
