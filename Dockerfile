FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml .
COPY schema schema
COPY src src
RUN mvn -B package -DskipTests

FROM eclipse-temurin:25-jre
COPY --from=build /build/target/tag-gateway.jar /opt/tag-gateway.jar
USER 10001:10001
EXPOSE 8080
ENTRYPOINT ["java", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "-jar", "/opt/tag-gateway.jar"]
