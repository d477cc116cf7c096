import com.google.gson.GsonBuilder;
import com.kaltura.client.APIOkRequestsExecutor;
import com.kaltura.client.Client;
import com.kaltura.client.Configuration;
import com.kaltura.client.services.AppTokenService;
import com.kaltura.client.services.MediaService;
import com.kaltura.client.services.SessionService;
import com.kaltura.client.types.FilterPager;
import com.kaltura.client.types.MediaEntryFilter;
import com.kaltura.client.utils.request.RequestElement;
import com.kaltura.client.utils.response.base.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

// Java 17 or newer, with com.kaltura:KalturaApiClient of Maven and what that depends on in lib. The library fills its
// exceptions by reflection, which Java has to be told to let it do; without that, no refusal can be read:
// java --add-opens java.base/java.lang=ALL-UNNAMED -cp 'lib/*' OfficialClient.java
public class OfficialClient {
    record Entry(String id, String name) { }

    record Listing(int totalCount, List<Entry> objects) { }

    public static void main(String[] args) throws Exception {
        String tokenValue = env("LATCHKEY_TOKEN_VALUE");
        Configuration config = new Configuration();
        config.setEndpoint(env("LATCHKEY_URL"));
        // Its own logger prints every request to the standard output, secrets included.
        APIOkRequestsExecutor.getExecutor().enableLogs(false);
        Client client = new Client(config);

        String widget = call(SessionService.startWidgetSession("_" + env("LATCHKEY_PARTNER_ID")).build(client)).getKs();
        client.setKs(widget);
        byte[] both = (widget + tokenValue).getBytes(StandardCharsets.UTF_8);
        String tokenHash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(both));
        // User and kind are the app token's. Without the last null it would ask for a session of kind USER.
        var startSession = AppTokenService.startSession(env("LATCHKEY_TOKEN_ID"), tokenHash, null, null);
        client.setKs(call(startSession.build(client)).getKs());
        FilterPager pager = new FilterPager();
        pager.setPageSize(3);
        var answer = call(MediaService.list(new MediaEntryFilter(), pager).build(client));

        List<Entry> objects = answer.getObjects().stream()
            .map(entry -> new Entry(entry.getId(), entry.getName()))
            .toList();
        Listing listing = new Listing(answer.getTotalCount(), objects);
        System.out.println(new GsonBuilder().setPrettyPrinting().create().toJson(listing));
    }

    @SuppressWarnings("unchecked")
    static <T> T call(RequestElement<T> request) {
        Response<T> response = (Response<T>) APIOkRequestsExecutor.getExecutor().execute(request);
        if (!response.isSuccess()) {
            System.err.println(response.error.getCode() + ": " + response.error.getMessage());
            System.exit(1);
        }
        return response.results;
    }

    static String env(String name) {
        String value = System.getenv(name);
        if (value == null) throw new IllegalStateException(name + " is not set");
        return value;
    }
}
