package nnpid.network;

import nnpid.execution.Execution;

/** Ranges of independent rows, which several threads share where that is worth it. */
final class Blocks {
  /** Rows whose sums stay in the processor's first cache. */
  private static final int ROWS_PER_BLOCK = 32;

  /** Below it, starting a thread takes longer than the products themselves. */
  private static final double PRODUCTS_WORTH_A_THREAD = 4e6;

  private static final int TASKS = 8;

  private Blocks() {}

  /** What is done with a range of rows. */
  interface Block {
    void compute(int from, int to);
  }

  /**
   * Goes through rows block by block.
   *
   * @param count number of rows
   * @param products about how many products are computed for all of them
   */
  static void forEach(int count, double products, Execution execution, Block block) {
    int blocks = (count + ROWS_PER_BLOCK - 1) / ROWS_PER_BLOCK;
    if (products < PRODUCTS_WORTH_A_THREAD || execution.threadCount() == 1) {
      compute(0, blocks, count, block);
      return;
    }
    execution.forEach(
        TASKS, task -> compute(blocks * task / TASKS, blocks * (task + 1) / TASKS, count, block));
  }

  private static void compute(int first, int end, int count, Block block) {
    for (int i = first; i < end; i++) {
      block.compute(i * ROWS_PER_BLOCK, Math.min(count, (i + 1) * ROWS_PER_BLOCK));
    }
  }
}
