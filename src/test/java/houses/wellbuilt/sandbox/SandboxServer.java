package houses.wellbuilt.sandbox;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

class SandboxServer {
    private final DisposableServer server = HttpServer.create()
            .handle((request, response) ->
                    response.sendString(Mono.just(JsonMapper.shared().writeValueAsString("tags"))))
            .bindNow();

    void close() {
        server.disposeNow();
    }
}
