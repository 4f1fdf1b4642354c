package io.taggateway.bench;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;

/**
 * The limit: Reactor Netty alone, which reads a request and sends bytes out of memory. Arguments: port, directory of
 * the bodies.
 */
final class BareServer {

    private BareServer() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, byte[]> bodies = new ConcurrentHashMap<>();
        for (String query : GatewayBench.QUERIES) {
            bodies.put("/" + query, Files.readAllBytes(Path.of(arguments[1], query + ".json")));
        }
        HttpServer.create()
                .host("127.0.0.1")
                .port(Integer.parseInt(arguments[0]))
                .handle((request, response) -> {
                    byte[] body = bodies.getOrDefault(request.uri(), new byte[0]);
                    return request.receive()
                            .then()
                            .then(Mono.defer(() -> response.header("content-type", "application/json")
                                    .header("content-length", Integer.toString(body.length))
                                    .sendObject(Unpooled.wrappedBuffer(body))
                                    .then()));
                })
                .bindNow()
                .onDispose()
                .block();
    }
}
