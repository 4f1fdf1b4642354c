package houses.planted.taggingisplain.tagging;

import com.fasterxml.jackson.annotation.JsonProperty;

record Tag(@JsonProperty("id") String id) {}
