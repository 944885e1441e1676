package nnpid.weka;

import static java.util.Objects.requireNonNull;

import java.util.BitSet;
import java.util.Optional;
import nnpid.distribution.SampleOfRow;
import nnpid.distribution.WeightMeaning;
import nnpid.execution.Execution;
import nnpid.weka.InstancesBridge.MissingValues;
import nnpid.weka.UnitQuantizer.Quantized;
import org.jspecify.annotations.Nullable;
import weka.core.Instances;
import weka.filters.Filter;

/** Layers of instances. Not thread-safe. */
public final class InstancesSource implements LayerSource {
  private final String relation;
  private final Instances selected;
  private final UnitQuantizer quantizer;
  private final Optional<SampleOfRow> samples;
  private Optional<String> note;
  private Optional<Filter> learned = Optional.empty();
  private @Nullable Quantized quantized;

  /**
   * The layers of data; these are not changed.
   *
   * @param relation what the data are called
   * @param selected what is selected of them
   * @param samples which instances are of the same sample; empty if each is one
   */
  public InstancesSource(
      String relation, Instances selected, Optional<SampleOfRow> samples, UnitQuantizer quantizer) {
    this(relation, selected, samples, quantizer, Optional.empty());
  }

  /**
   * The same, with what people must know about the way the data have come, as a sentence.
   *
   * @param note is told with the first layer
   */
  public InstancesSource(
      String relation,
      Instances selected,
      Optional<SampleOfRow> samples,
      UnitQuantizer quantizer,
      Optional<String> note) {
    this.note = note;
    this.samples = samples;
    this.relation = requireNonNull(relation, "relation");
    this.selected = requireNonNull(selected, "selected");
    this.quantizer = requireNonNull(quantizer, "quantizer");
  }

  @Override
  public String relation() {
    return relation;
  }

  @Override
  public Instances header() {
    return selected;
  }

  @Override
  public String quantization() {
    return quantizer.describe(selected);
  }

  @Override
  public boolean read(Execution execution) {
    return false;
  }

  @Override
  public Optional<String> note(int[] attributes) {
    Optional<String> once = note;
    note = Optional.empty();
    return once;
  }

  /**
   * The data with the levels of a layer.
   *
   * @param from a filter that has learned the limits from other data; empty if they are those of
   *     these
   * @throws Exception if the filter fails
   */
  public Quantized quantized(int[] attributes, Optional<Filter> from, MissingValues missingValues)
      throws Exception {
    BitSet counting = InstancesBridge.counting(selected, attributes, missingValues);
    // Usually it is that of the layer before; not if instances with missing values are dropped.
    Quantized now = quantized;
    if (now == null || !now.counting().equals(counting) || !learned.equals(from)) {
      now =
          from.isPresent()
              ? UnitQuantizer.quantizeBy(from.get(), selected, counting)
              : quantizer.quantize(selected, counting);
      quantized = now;
      learned = from;
    }
    return now;
  }

  @Override
  public Counted count(
      int[] attributes, Optional<Filter> from, MissingValues missingValues, WeightMeaning meaning)
      throws Exception {
    Quantized now = quantized(attributes, from, missingValues);
    InstancesBridge.Counted counted =
        InstancesBridge.count(now.instances(), attributes, missingValues, samples, meaning);
    return new Counted(
        counted.samples(), counted.missingValueCount(), now.units(attributes), now.filter());
  }
}
