package weka.core.converters;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import nnpid.weka.NumpyUnits;
import nnpid.weka.SchemeOptions;
import weka.core.Environment;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.Option;
import weka.core.OptionHandler;
import weka.core.RevisionUtils;
import weka.core.Utils;

/** Loads a file at once: it is read in several passes, which takes a file, not a stream. */
abstract class WholeFileLoader extends AbstractFileLoader implements BatchConverter, OptionHandler {
  private static final long serialVersionUID = 1630297402938471266L;

  /** What Java and Weka need for an instance without its values, and for an attribute. */
  private static final int INSTANCE_BYTES = 56;

  private static final int ATTRIBUTE_BYTES = 200;

  /** The collector has about so many regions, of at least so many bytes. */
  private static final int REGIONS = 2048;

  private static final long LEAST_REGION_BYTES = 1 << 20;

  /**
   * Reads the file.
   *
   * @param withValues whether the instances are wanted; without them the attributes will do
   */
  abstract Instances load(Path file, boolean withValues) throws IOException;

  @Override
  public Enumeration<Option> listOptions() {
    return SchemeOptions.list(this);
  }

  @Override
  public void setOptions(String[] options) throws Exception {
    SchemeOptions.set(this, options);
    Utils.checkForRemainingOptions(options);
  }

  @Override
  public String[] getOptions() {
    return SchemeOptions.get(this);
  }

  /**
   * The file is opened when it is read: its name may have variables of an environment set later.
   */
  @Override
  public void setSource(File file) throws IOException {
    if (file == null) {
      throw new IOException("The source must be a file: it is null.");
    }
    reset();
    m_sourceFile = file;
    if (m_useRelativePath) {
      try {
        m_sourceFile = Utils.convertToRelativePath(file);
      } catch (Exception e) {
        // Weka declares Exception; a path without a relative form stays as it is.
        m_sourceFile = file;
      }
    }
    m_File = m_sourceFile.getPath();
  }

  /** Refuses. */
  @Override
  public void setSource(InputStream input) throws IOException {
    throw new IOException("The source must be a file: this format cannot be read from a stream.");
  }

  @Override
  public Instances getStructure() throws IOException {
    if (m_structure == null) {
      m_structure = new Instances(load(path(), false), 0);
    }
    return new Instances(m_structure, 0);
  }

  @Override
  public Instances getDataSet() throws IOException {
    if (getRetrieval() == INCREMENTAL) {
      throw new IOException(
          "Instances cannot be got incrementally and as a batch from one source.");
    }
    setRetrieval(BATCH);
    Instances data = load(path(), true);
    m_structure = new Instances(data, 0);
    return data;
  }

  /** Always fails: what an attribute has is known at the end of the file. */
  @Override
  public Instance getNextInstance(Instances structure) throws IOException {
    throw new IOException("This format cannot be read incrementally.");
  }

  @Override
  public String getRevision() {
    return RevisionUtils.extract("$Revision: 1 $");
  }

  /**
   * Checks that data fit into memory.
   *
   * @param names bytes of the names of attributes, beyond what every attribute needs
   * @return the bytes that they need without the labels of the class
   * @throws IOException if they do not fit
   */
  static double requireMemory(int sampleCount, double units, double names) throws IOException {
    double bytes =
        units * ATTRIBUTE_BYTES + names + sampleCount * (INSTANCE_BYTES + rowBytes(units + 1));
    double available = NumpyUnits.availableBytes(bytes);
    if (units >= Integer.MAX_VALUE || bytes > available) {
      throw new IOException(
          String.format(
              "The data (%d samples of %.0f units) must fit into memory: they need %.0f MB with the"
                  + " names, Java has %.0f MB left.%n"
                  + "Maybe give it more: java -Xmx4g ..., or save fewer samples; of NumPy's files the"
                  + " command line (weka.Run RepresentationalComplexity) keeps levels only, with"
                  + " QuantizeActivations.",
              sampleCount, units, Math.ceil(bytes / 1e6), available / 1e6));
    }
    return bytes;
  }

  /** Arrays that are larger than half a region have whole regions for themselves. */
  private static double rowBytes(double attributes) {
    double bytes = Double.BYTES * attributes;
    double region =
        Math.max(
            LEAST_REGION_BYTES, Long.highestOneBit(Runtime.getRuntime().maxMemory() / REGIONS));
    return bytes > region / 2 ? region * Math.ceil(bytes / region) : bytes;
  }

  private Path path() throws IOException {
    if (m_sourceFile == null) {
      throw new IOException("No source has been specified.");
    }
    String name = m_sourceFile.getPath();
    try {
      Environment environment = m_env == null ? Environment.getSystemWide() : m_env;
      return Path.of(environment.substitute(name));
    } catch (Exception e) {
      // Weka declares Exception; a name with a variable that is not set is taken as it is.
      return Path.of(name);
    }
  }
}
