/**
 * The two streams of a command. With `--json` stdout holds exactly one JSON document and everything else is on stderr;
 * without it stdout holds the result as text for a person.
 */
export type Output = {
  readonly json: boolean;
  /** Whether stderr is a terminal, which decides between a progress bar and plain lines. */
  readonly terminal: boolean;
  /** The result: `value` as the JSON document, or `lines` as text. */
  result(value: unknown, lines: () => readonly string[]): void;
  /** The JSON document alone; a second one in one process is a defect and throws. */
  document(value: unknown): void;
  text(line: string): void;
  /** A message for the person who watches: stderr. */
  note(line: string): void;
  /** Writes a piece of an export to stdout and waits until it is taken; false when nobody reads any more. */
  piece(text: string): Promise<boolean>;
  /** Resolves when both streams have taken all that was written. */
  flush(): Promise<void>;
};

export function makeOutput(json: boolean): Output {
  let documents = 0;
  const write = (stream: NodeJS.WriteStream, text: string): Promise<boolean> =>
    new Promise((resolve) => {
      if (!stream.writable) resolve(false);
      else stream.write(text, (error) => resolve(error === null || error === undefined));
    });
  const send = (stream: NodeJS.WriteStream, text: string): void => {
    if (stream.writable) stream.write(text);
  };
  const document = (value: unknown): void => {
    documents += 1;
    if (documents > 1) throw new Error('a command may print one JSON document only');
    send(process.stdout, `${JSON.stringify(value)}\n`);
  };
  return {
    json,
    terminal: process.stderr.isTTY === true,
    document,
    result(value, lines) {
      if (json) document(value);
      else
        send(
          process.stdout,
          lines()
            .map((line) => `${line}\n`)
            .join(''),
        );
    },
    text: (line) => send(json ? process.stderr : process.stdout, `${line}\n`),
    note: (line) => send(process.stderr, `${line}\n`),
    piece: (text) => write(process.stdout, text),
    async flush() {
      await write(process.stdout, '');
      await write(process.stderr, '');
    },
  };
}
