package houses.wellbuilt.tagging;

public enum Vendor {
    SIPSIM,
    SWIPEONE {
        @Override
        boolean hasDescriptions() {
            return false;
        }
    };

    boolean hasDescriptions() {
        return this == SIPSIM;
    }
}
