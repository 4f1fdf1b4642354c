package io.taggateway.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.SettableClock;
import io.taggateway.support.SlowTest;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.TestOperation;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.SourceAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;

/** Tests that responses belong to their requests when interim responses precede them. */
@SlowTest
class InterimResponseTests {

    private final UpstreamFixture kit = new UpstreamFixture(new SettableClock(SampleFactory.NOON));
    private final RawServer server = new RawServer();
    private final UpstreamClient client = kit.client(Vendor.SIPSIM, server.baseUrl());

    @AfterEach
    void close() {
        kit.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 102 Processing\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n",
                "HTTP/1.1 104 Upload Resumption Supported\r\n\r\n",
                "HTTP/1.1 199 Anything\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n"
            })
    void eachRequestHasItsOwnResponseWhenInterimResponsesComeBefore(String interim) {
        server.answer(request -> (request.number() == 0 ? interim : "") + own(request));
        for (int id = 0; id < 10; id++) {
            assertThat(read(id)).isEqualTo("/api/calls/" + id);
        }
        assertThat(server.requests()).hasSize(10);
    }

    @Test
    void writeAndLaterRequestsHaveTheirOwnResponsesAfterAnInterimResponse() {
        server.answer(request -> "HTTP/1.1 103 Early Hints\r\n\r\n" + own(request));
        UpstreamRequest write = UpstreamRequest.write(HttpMethod.PUT, "assignTag", null, "/calls/1/tags/2");
        UpstreamClient.VendorResponse response = SourceAssertions.require(client.send(write, json -> false));
        assertThat(response.fields()).isEqualTo(UpstreamFixture.fields("{\"target\":\"/api/calls/1/tags/2\"}"));
        assertThat(read(3)).isEqualTo("/api/calls/3");
    }

    @Test
    void unrequestedSwitchOfProtocolsIsAnInvalidResponseAndClosesTheConnection() {
        server.answer(request -> "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n");
        TestOperation.verify(client.fetch(UpstreamRequest.get("findCall", "/calls/1"), (json, at) -> json))
                .verifyError();
        server.answer(InterimResponseTests::own);
        assertThat(read(2)).isEqualTo("/api/calls/2");
        assertThat(server.requests().getLast().connection()).isEqualTo(1);
    }

    private String read(int id) {
        return SourceAssertions.require(client.fetch(
                UpstreamRequest.get("findCall", "/calls/{id}", String.valueOf(id)), (json, at) -> json.text("target")));
    }

    private static String own(RawServer.Request request) {
        return RawServer.json("{\"target\":\"" + request.target() + "\"}");
    }
}
