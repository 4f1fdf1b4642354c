package houses.planted.librarieshaveonehome.vendor.sipsim;

import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

class Stray {
    @Nullable
    HttpClient client;

    @Nullable
    HttpServer server;
}
