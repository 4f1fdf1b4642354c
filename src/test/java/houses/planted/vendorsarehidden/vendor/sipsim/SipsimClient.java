package houses.planted.vendorsarehidden.vendor.sipsim;

public class SipsimClient {}
