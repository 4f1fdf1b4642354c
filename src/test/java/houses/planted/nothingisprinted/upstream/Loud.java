package houses.planted.nothingisprinted.upstream;

import java.util.logging.Logger;

class Loud {
    void out() {
        System.out.println("out");
    }

    void err() {
        System.err.println("err");
    }

    @SuppressWarnings("CatchAndPrintStackTrace")
    void trace(RuntimeException exception) {
        exception.printStackTrace();
    }

    Logger logger() {
        return Logger.getLogger("loud");
    }
}
