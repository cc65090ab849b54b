/** On a build server: hands the path of Playwright's own Chromium to the later steps, as RISKDESK_CHROMIUM. */
import { appendFileSync } from 'node:fs';
import { chromium } from '@playwright/test';

const line = `RISKDESK_CHROMIUM=${chromium.executablePath()}\n`;
process.stdout.write(line);
if (process.env.GITHUB_ENV) appendFileSync(process.env.GITHUB_ENV, line);
