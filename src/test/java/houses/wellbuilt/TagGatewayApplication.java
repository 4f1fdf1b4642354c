package houses.wellbuilt;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication(proxyBeanMethods = false)
public class TagGatewayApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(TagGatewayApplication.class, arguments);
    }
}
