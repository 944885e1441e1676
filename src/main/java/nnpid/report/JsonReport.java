package nnpid.report;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import nnpid.decomposition.Atom;
import nnpid.decomposition.Backbone;

/** Writes a report as one JSON object; streams, so that millions of atoms need no memory. */
final class JsonReport {
  private final JsonWriter json;

  private JsonReport(JsonWriter json) {
    this.json = json;
  }

  static void write(Report report, Writer out) throws IOException {
    // Not closed: the writer belongs to the caller.
    JsonWriter json = new JsonWriter(out);
    json.setFormattingStyle(FormattingStyle.PRETTY);
    new JsonReport(json).write(report);
    json.flush();
    out.write('\n');
    out.flush();
  }

  private void write(Report report) throws IOException {
    json.beginObject();
    json.name("version").value(Version.VALUE);
    json.name("relation").value(report.relation());
    json.name("quantization").value(report.quantization());
    json.name("layers").beginArray();
    for (LayerReport layer : report.layers()) {
      write(layer, report.atomCount());
    }
    json.endArray();
    json.endObject();
  }

  private void write(LayerReport layer, int atomCount) throws IOException {
    Backbone backbone = layer.backbone();
    json.beginObject();
    json.name("layer").value(layer.layer());
    json.name("sources").beginArray();
    for (List<String> units : layer.sources()) {
      writeSource(units);
    }
    json.endArray();
    json.name("target").value(layer.target());
    json.name("measure").value("sx");
    json.name("method").value(layer.method().id());
    json.name("unit").value("bit");
    json.name("instances").value(layer.instanceCount());
    json.name("weight").value(layer.weight());
    json.name("realizations").value(layer.realizationCount());
    json.name("entropySources").value(layer.entropySources());
    json.name("entropyTarget").value(layer.entropyTarget());
    json.name("mutualInformation").value(backbone.mutualInformation());
    json.name("representationalComplexity");
    if (backbone.hasRepresentationalComplexity()) {
      json.value(backbone.representationalComplexity());
    } else {
      json.nullValue();
      json.name("note").value(LayerReport.UNDEFINED_NOTE);
    }
    writeByDegree("degreeOfSynergy", backbone, backbone::information);
    writeByDegree("degreeOfSynergyInformative", backbone, backbone::informative);
    writeByDegree("degreeOfSynergyMisinformative", backbone, backbone::misinformative);
    json.name("warnings").beginArray();
    for (String warning : layer.warnings()) {
      json.value(warning);
    }
    json.endArray();
    if (atomCount > 0) {
      writeAtoms(layer, atomCount);
    }
    json.endObject();
  }

  /** A unit is a string, a group of units an array of them. */
  private void writeSource(List<String> units) throws IOException {
    if (units.size() == 1) {
      json.value(units.get(0));
      return;
    }
    json.beginArray();
    for (String unit : units) {
      json.value(unit);
    }
    json.endArray();
  }

  private void writeByDegree(String name, Backbone backbone, IntToDoubleFunction value)
      throws IOException {
    json.name(name).beginArray();
    for (int degree = 1; degree <= backbone.sourceCount(); degree++) {
      json.value(value.applyAsDouble(degree));
    }
    json.endArray();
  }

  private void writeAtoms(LayerReport layer, int atomCount) throws IOException {
    json.name("atoms").beginArray();
    Iterator<Atom> atoms = Atoms.listed(layer, atomCount).iterator();
    while (atoms.hasNext()) {
      Atom atom = atoms.next();
      json.beginObject();
      json.name("antichain").value(atom.antichain().toString());
      json.name("informative").value(atom.informative());
      json.name("misinformative").value(atom.misinformative());
      json.name("average").value(atom.average());
      json.endObject();
    }
    json.endArray();
  }
}
