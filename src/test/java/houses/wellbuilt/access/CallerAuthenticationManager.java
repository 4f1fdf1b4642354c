package houses.wellbuilt.access;

import houses.wellbuilt.api.ErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.core.Authentication;
import reactor.core.publisher.Mono;

class CallerAuthenticationManager implements ReactiveAuthenticationManager {
    private static final Logger LOG = LoggerFactory.getLogger(CallerAuthenticationManager.class);

    @Override
    public Mono<Authentication> authenticate(Authentication authentication) {
        LOG.debug("{}", ErrorCode.NOT_FOUND);
        return Mono.empty();
    }
}
