import io.inquest.dump.*;
import io.inquest.kernel.*;
import io.inquest.kernel.module.Modules;
import io.inquest.kernel.object.*;
import io.inquest.kernel.stack.*;
import io.inquest.kernel.symbol.*;
import io.inquest.kernel.task.*;
import io.inquest.kernel.type.*;

Kernel kernel = Kernel.open(java.nio.file.Path.of(System.getProperty("inquest.dump")));
