/** electron-builder asks for a default export; what it gets is made, and tested, in scripts/pack/config.ts. */
import { makeConfig } from './scripts/pack/config.ts';

export default makeConfig(process.env, process.platform);
