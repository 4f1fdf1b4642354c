package houses.planted.testsdonotsleep.tagging;

import java.util.concurrent.TimeUnit;

class SleepyTests {
    void nap() throws InterruptedException {
        Thread.sleep(1);
        TimeUnit.SECONDS.sleep(1);
    }
}
