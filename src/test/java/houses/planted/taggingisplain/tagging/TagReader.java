package houses.planted.taggingisplain.tagging;

import houses.planted.taggingisplain.upstream.Road;

interface TagReader {
    void read(Road road);
}
