package houses.planted.vendorsarestrangers.vendor.sipsim;

public class SipsimColor {}
