/** The command line by its TypeScript name; main.mjs says why the entry itself is JavaScript. */
import './main.mjs';
