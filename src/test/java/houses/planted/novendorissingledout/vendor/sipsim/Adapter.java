package houses.planted.novendorissingledout.vendor.sipsim;

import houses.planted.novendorissingledout.tagging.Vendor;

class Adapter {
    Vendor vendor() {
        return Vendor.SIPSIM;
    }
}
