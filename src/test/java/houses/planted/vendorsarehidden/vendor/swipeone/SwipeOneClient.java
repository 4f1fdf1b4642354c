package houses.planted.vendorsarehidden.vendor.swipeone;

class SwipeOneClient {}
