package io.taggateway.support;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A script of {@code src/test/node}, run in a copy of that folder with the packages of its lock file installed. */
public final class NodeScript {

    private static final Path SOURCE = Path.of("src/test/node");
    private static final Path COPY = Path.of("target/node");

    /** The clients of docs/frontends.md, copied to {@code frontends} beside the script that tests them. */
    private static final Path CLIENTS = Path.of("docs/frontends");

    /** The example of docs/federation.md, copied to {@code federation} beside the scripts that test it. */
    private static final Path EXAMPLE = Path.of("docs/federation");

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(8);

    private final String name;

    private NodeScript(String name) {
        this.name = name;
    }

    /** A script by its path in the folder. */
    public static NodeScript named(String name) {
        return new NodeScript(name);
    }

    /** The output of the script; fails with the whole output if the exit code is not 0. */
    public String run(String... arguments) throws IOException, InterruptedException {
        Path node = Program.NODE.path();
        installPackages(Program.NPM.path());
        Outcome outcome = execute(name, LIMIT, Stream.concat(Stream.of(node.toString(), name), Stream.of(arguments)));
        if (outcome.exitCode() != 0) {
            throw new AssertionError(name + " ended with " + outcome.exitCode() + "\n" + outcome.output());
        }
        return outcome.output();
    }

    /** Once for each lock file, also when two test runs share the folder. */
    private static synchronized void installPackages(Path npm) throws IOException, InterruptedException {
        Files.createDirectories(COPY);
        try (FileChannel lock = FileChannel.open(COPY.resolve("install.lock"), CREATE, WRITE)) {
            lock.lock();
            copy(SOURCE, COPY);
            copy(EXAMPLE, COPY.resolve("federation"));
            copy(CLIENTS, COPY.resolve("frontends"));
            Path wanted = COPY.resolve("package-lock.json");
            Path installed = COPY.resolve("installed-lock.json");
            if (Files.exists(installed) && Files.mismatch(wanted, installed) < 0) {
                return;
            }
            Outcome outcome = execute("npm", INSTALL_LIMIT, Stream.of(npm.toString(), "ci"));
            if (outcome.exitCode() != 0) {
                throw Program.missing("npm could not install the packages of " + SOURCE + "\n" + outcome.output());
            }
            Files.copy(wanted, installed, REPLACE_EXISTING);
        }
    }

    private static void copy(Path source, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = target.resolve(source.relativize(file));
                // Another test run may read it
                if (Files.notExists(copy) || Files.mismatch(file, copy) >= 0) {
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy, REPLACE_EXISTING);
                }
            }
        }
    }

    private static Outcome execute(String name, Duration limit, Stream<String> command)
            throws IOException, InterruptedException {
        Path output = COPY.resolve(name + ".out").toAbsolutePath();
        Path errors = COPY.resolve(name + ".err").toAbsolutePath();
        List<String> words = command.toList();
        Process process = new ProcessBuilder(words)
                .directory(COPY.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(words + " took longer than " + limit + "\n" + Files.readString(errors));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        int exitCode = process.exitValue();
        String said = Files.readString(output);
        return new Outcome(exitCode, exitCode == 0 ? said : said + Files.readString(errors));
    }

    private record Outcome(int exitCode, String output) {}
}
