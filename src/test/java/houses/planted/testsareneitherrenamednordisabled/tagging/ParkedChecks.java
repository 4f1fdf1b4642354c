package houses.planted.testsareneitherrenamednordisabled.tagging;

import org.junit.jupiter.api.Disabled;

@Disabled
class ParkedChecks {}
