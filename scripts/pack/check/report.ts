/** What a check proved, what it disproved, and what this machine cannot show: printed as it comes, counted at the end. */

export type Report = {
  /** `faults` is empty when `what` holds; otherwise a sentence each. */
  prove(what: string, faults: readonly string[]): void;
  /** Said by name, so that nobody takes silence for proof. */
  cannot(what: string): void;
  /** Prints the sums; true when nothing was disproved. */
  end(): boolean;
};

export function createReport(say: (line: string) => void): Report {
  let proven = 0;
  let failed = 0;
  const open = new Set<string>();
  return {
    prove(what, faults) {
      if (faults.length === 0) {
        proven += 1;
        say(`proven      ${what}`);
        return;
      }
      failed += 1;
      say(`FAILED      ${what}`);
      for (const fault of faults) say(`            ${fault}`);
    },
    cannot(what) {
      open.add(what);
      say(`not proven  ${what}`);
    },
    end() {
      say(`\n${proven} proven, ${failed} failed, ${open.size} that this machine cannot prove.`);
      return failed === 0;
    },
  };
}
