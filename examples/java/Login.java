import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

// Java 17 or newer: java Login.java
public class Login {
    static final String SERVICE_URL = env("LATCHKEY_URL");
    static final String TOKEN_VALUE = env("LATCHKEY_TOKEN_VALUE");

    public static void main(String[] args) throws Exception {
        String widget = ks(call("session", "startWidgetSession", Map.of("widgetId", "_" + env("LATCHKEY_PARTNER_ID"))));
        byte[] both = (widget + TOKEN_VALUE).getBytes(StandardCharsets.UTF_8);
        String tokenHash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(both));
        String session = ks(call("appToken", "startSession", Map.of(
            "ks", widget,
            "id", env("LATCHKEY_TOKEN_ID"),
            "tokenHash", tokenHash
        )));
        System.out.println(call("media", "list", Map.of("ks", session, "pager:pageSize", "3")));
    }

    static String call(String service, String action, Map<String, String> fields) throws Exception {
        String form = fields.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&", "format=1&", ""));
        String url = SERVICE_URL + "/api_v3/service/" + service + "/action/" + action;
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
        String answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
        // An error comes with status 200: only the answer tells.
        if (answer.contains("\"objectType\":\"KalturaAPIException\"")) throw new IOException(answer);
        return answer;
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    // The JDK reads no JSON; for this one field a pattern is enough.
    static String ks(String answer) {
        Matcher matcher = Pattern.compile("\"ks\":\"([^\"]+)\"").matcher(answer);
        if (!matcher.find()) throw new IllegalStateException(answer);
        return matcher.group(1).replace("\\/", "/");
    }

    static String env(String name) {
        String value = System.getenv(name);
        if (value == null) throw new IllegalStateException(name + " is not set");
        return value;
    }
}
