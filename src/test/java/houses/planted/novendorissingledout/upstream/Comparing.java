package houses.planted.novendorissingledout.upstream;

import houses.planted.novendorissingledout.tagging.Vendor;

class Comparing {
    boolean odd(Vendor vendor) {
        return vendor == Vendor.SWIPEONE;
    }
}
