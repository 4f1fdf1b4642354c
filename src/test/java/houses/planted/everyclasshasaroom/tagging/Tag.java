package houses.planted.everyclasshasaroom.tagging;

class Tag {}
