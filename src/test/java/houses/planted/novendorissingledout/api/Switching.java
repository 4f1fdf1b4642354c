package houses.planted.novendorissingledout.api;

import houses.planted.novendorissingledout.tagging.Vendor;

class Switching {
    int number(Vendor vendor) {
        return switch (vendor) {
            case SIPSIM -> 1;
            case SWIPEONE -> 2;
        };
    }
}
