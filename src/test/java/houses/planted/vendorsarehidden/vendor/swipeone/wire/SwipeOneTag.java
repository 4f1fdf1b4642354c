package houses.planted.vendorsarehidden.vendor.swipeone.wire;

public record SwipeOneTag(String label) {}
