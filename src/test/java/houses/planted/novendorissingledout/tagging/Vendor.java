package houses.planted.novendorissingledout.tagging;

public enum Vendor {
    SIPSIM,
    SWIPEONE;

    boolean isFirst() {
        return this == SIPSIM;
    }
}
