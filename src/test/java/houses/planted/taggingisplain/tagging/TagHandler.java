package houses.planted.taggingisplain.tagging;

import reactor.netty.Connection;

interface TagHandler {
    void handle(Connection connection);
}
