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
import org.springframework.util.DigestUtils;
import org.springframework.util.FileSystemUtils;

/** A script of {@code src/test/node}, run in a copy of that folder with the packages of its lock file. */
public final class NodeScript {

    private static final Path SOURCE = Path.of("src/test/node");
    private static final Path COPY = Path.of("target/node");
    private static final String LOCK_FILE = "package-lock.json";

    /** Outside of {@code target}, so that clean builds and other clones use the installed packages, too. */
    private static final Path PACKAGES = Path.of(System.getProperty("user.home"), ".cache", "tag-gateway", "node");

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
        prepare(Program.NPM.path());
        Outcome outcome =
                execute(COPY, name, LIMIT, Stream.concat(Stream.of(node.toString(), name), Stream.of(arguments)));
        if (outcome.exitCode() != 0) {
            throw new AssertionError(name + " ended with " + outcome.exitCode() + "\n" + outcome.output());
        }
        return outcome.output();
    }

    private static synchronized void prepare(Path npm) throws IOException, InterruptedException {
        Files.createDirectories(COPY);
        Files.createDirectories(PACKAGES);
        try (FileChannel lock = FileChannel.open(PACKAGES.resolve("install.lock"), CREATE, WRITE)) {
            lock.lock();
            copy(SOURCE, COPY);
            copy(EXAMPLE, COPY.resolve("federation"));
            copy(CLIENTS, COPY.resolve("frontends"));
            link(COPY.resolve("node_modules"), installPackages(npm));
        }
    }

    /** Installs the packages once for each lock file, which takes 50 seconds of CPU time. */
    private static Path installPackages(Path npm) throws IOException, InterruptedException {
        Path folder = PACKAGES.resolve(DigestUtils.md5DigestAsHex(Files.readAllBytes(SOURCE.resolve(LOCK_FILE))));
        Path complete = folder.resolve("complete");
        if (Files.notExists(complete)) {
            for (String name : List.of("package.json", LOCK_FILE, ".npmrc")) {
                Files.createDirectories(folder);
                Files.copy(SOURCE.resolve(name), folder.resolve(name), REPLACE_EXISTING);
            }
            Outcome outcome = execute(folder, "npm", INSTALL_LIMIT, Stream.of(npm.toString(), "ci"));
            if (outcome.exitCode() != 0) {
                throw Program.missing("npm could not install the packages of " + SOURCE + "\n" + outcome.output());
            }
            Files.createFile(complete);
        }
        return folder.resolve("node_modules");
    }

    private static void link(Path link, Path folder) throws IOException {
        if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(folder)) {
            return;
        }
        if (Files.isSymbolicLink(link)) {
            Files.delete(link);
        } else {
            FileSystemUtils.deleteRecursively(link);
        }
        Files.createSymbolicLink(link, folder);
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

    private static Outcome execute(Path folder, String name, Duration limit, Stream<String> command)
            throws IOException, InterruptedException {
        // Tests in another JVM may run the same script
        String run = name + '.' + ProcessHandle.current().pid();
        Path output = folder.resolve(run + ".out").toAbsolutePath();
        Path errors = folder.resolve(run + ".err").toAbsolutePath();
        List<String> words = command.toList();
        Process process = new ProcessBuilder(words)
                .directory(folder.toFile())
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
