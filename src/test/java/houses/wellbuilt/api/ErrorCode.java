package houses.wellbuilt.api;

public enum ErrorCode {
    NOT_FOUND
}
