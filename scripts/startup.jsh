import io.inquest.dump.*;
import io.inquest.kernel.*;
import io.inquest.kernel.object.*;
import io.inquest.kernel.type.*;

Kernel kernel = Kernel.open(java.nio.file.Path.of(System.getProperty("inquest.dump")));
