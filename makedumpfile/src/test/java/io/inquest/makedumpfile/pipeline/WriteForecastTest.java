package io.inquest.makedumpfile.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Workers do batches at the same time, the writer and the target one after the other.
final class WriteForecastTest {

    @Test
    void batchesWaitForAWorkerThenForTheWriterThenForTheTarget() {
        WriteForecast forecast = new WriteForecast(2, 100, 100, 1, 2);
        forecast.begin(50, 10); // done at 150, written at 160, taken at 180
        forecast.begin(50, 10); // beside it; written at 170, taken at 200
        forecast.begin(50, 10); // begun at 150, done at 200, written at 210, taken at 230
        assertThat(forecast.end()).isEqualTo(230);
    }

    @Test
    void aBatchUnderWayKeepsItsWorkerAndTheWriterBusy() {
        WriteForecast forecast = new WriteForecast(1, 0, 0, 1, 0);
        forecast.underWay(40, 5);
        forecast.begin(10, 5);
        assertThat(forecast.end()).isEqualTo(55);
    }

    @Test
    void aTargetThatIsBusyIsWaitedFor() {
        WriteForecast forecast = new WriteForecast(1, 0, 1000, 1, 1);
        forecast.begin(10, 5);
        assertThat(forecast.end()).isEqualTo(1005);
    }

    @Test
    void aCopyGoesOnByItself() {
        WriteForecast forecast = new WriteForecast(1, 0, 0, 1, 0);
        forecast.begin(10, 5);
        WriteForecast copy = forecast.copy();
        copy.begin(10, 5);
        assertThat(forecast.end()).isEqualTo(15);
        assertThat(copy.end()).isEqualTo(25);
    }

    /// With both workers packing, the batch behind them comes too late for a target that needs one at each 30.
    @Test
    void whoPacksDoesNotReadTheNextBatch() {
        WriteForecast raw = new WriteForecast(2, 0, 0, 3, 0);
        raw.underWay(100, 4);
        WriteForecast packed = raw.copy();
        packed.begin(100, 4);
        raw.begin(20, 10);
        for (int i = 0; i < 4; i++) {
            packed.begin(20, 10);
            raw.begin(20, 10);
        }
        assertThat(packed.end()).isEqualTo(244);
        assertThat(raw.end()).isEqualTo(262);
        WriteForecast soon = new WriteForecast(2, 0, 0, 1, 0);
        soon.underWay(100, 4);
        WriteForecast later = soon.copy();
        later.begin(100, 4);
        soon.begin(20, 10);
        later.begin(20, 10);
        soon.begin(20, 10);
        assertThat(later.end()).isGreaterThan(soon.end());
    }
}
