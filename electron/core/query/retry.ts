/**
 * A query is compiled for the indexes that stand at that moment. When the first sync begins or a cache is wiped between
 * compiling and running, they are gone: then it is compiled once more.
 */
export async function withIndexesAsTheyAre<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || !/no such index/.test(error.message)) throw error;
    return work();
  }
}
