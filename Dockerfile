# The jar, taken apart: libraries change more rarely than the application, so they are layers of their own.
FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml .
RUN mvn -B -q dependency:go-offline
COPY schema schema
COPY src src
RUN mvn -B package -Prelease -Dmaven.test.skip \
    && java -Djarmode=tools -jar target/tag-gateway.jar extract --layers --destination target/layers

FROM eclipse-temurin:25-jre AS application
WORKDIR /opt/gateway
COPY --from=build /build/target/layers/dependencies/ ./
COPY --from=build /build/target/layers/snapshot-dependencies/ ./
COPY --from=build /build/target/layers/application/ ./

# A start with the sandbox, for the AOT cache. It is valid for this JVM, these options and this place of the jar.
FROM application AS training
COPY --from=build /build/schema/examples /training/examples
COPY --from=build /build/src/bench/queries /training/queries
COPY --from=build /build/src/aot/train.sh /training/train.sh
RUN bash /training/train.sh /opt/gateway/tag-gateway.jar /training/examples /training/queries \
    -XX:+UseSerialGC -XX:TrimNativeHeapInterval=5000 -XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError

FROM application
COPY --from=training /opt/gateway/tag-gateway.aot ./
USER 10001:10001
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${SERVER_PORT:-8080} && printf 'GET /livez HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && grep -q '^HTTP/1.1 200 ' <&3"]
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:TrimNativeHeapInterval=5000", "-XX:MaxRAMPercentage=50", "-XX:+ExitOnOutOfMemoryError", "-XX:AOTCache=/opt/gateway/tag-gateway.aot", "-jar", "/opt/gateway/tag-gateway.jar"]
