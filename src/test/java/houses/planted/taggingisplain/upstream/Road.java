package houses.planted.taggingisplain.upstream;

public class Road {}
