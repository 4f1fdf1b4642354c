package io.taggateway.tagging.directory;

import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.VendorCondition;

/** What the last requests to the vendors tell of their condition; never asks a vendor. */
public interface VendorHealth {

    /** The condition of a configured vendor. */
    VendorCondition condition(Vendor vendor);
}
