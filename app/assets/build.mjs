// Builds app/static/dist from the design system: one CSS file for every page, of what pages use; one for agreements;
// the fonts cut to the letters English and Spanish need, the icons and images that are used, and our script.
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";
import subsetFont from "subset-font";
import { onlyUsed } from "./used.mjs";

const ASSETS = dirname(fileURLToPath(import.meta.url));
const ROOT = join(ASSETS, "..", "..");
const USWDS = join(ROOT, "node_modules", "@uswds", "uswds");
const DIST = join(ROOT, "app", "static", "dist");

const FONTS = {
  "public-sans-400": "public-sans/PublicSans-Regular.ttf",
  "public-sans-700": "public-sans/PublicSans-Bold.ttf",
  "merriweather-400": "merriweather/Latin-Merriweather-Regular.ttf",
  "merriweather-700": "merriweather/Latin-Merriweather-Bold.ttf",
};

// Images that the pages name themselves: the official banner's.
const BANNER = ["us_flag_small.png", "icon-dot-gov.svg", "icon-https.svg"];

// Basic Latin, the typographic marks the pages use, and the arrows and ticks of tables: what every page needs.
const COMMON = [0xa0, 0xa7, 0xad, 0xb7, 0xd7];
const LETTERS = [
  ...range(0x20, 0x7e),
  ...COMMON,
  ...[0x2010, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2026, 0x2191, 0x2193, 0x2212],
];
// The rest of Latin-1, in files of their own that only a page with such a letter fetches (see _accents.scss).
const ACCENTS = [...range(0xa1, 0xff)].filter((code) => !COMMON.includes(code));

function* range(first, last) {
  for (let code = first; code <= last; code += 1) yield code;
}

async function styles(name) {
  const { css } = await sass.compileAsync(join(ASSETS, "sass", `${name}.scss`), {
    loadPaths: [join(USWDS, "packages")],
    style: "compressed",
    quietDeps: true,
    charset: false,
  });
  return css;
}

async function designSystem() {
  const used = (await linesOf("design-system.txt")).map((line) => line.replace(/^\[|\]$/g, ""));
  return onlyUsed(await styles("design-system"), new Set(used));
}

async function linesOf(name) {
  const lines = (await readFile(join(ASSETS, name), "utf8")).split("\n");
  return lines.filter((line) => line && !line.startsWith("#"));
}

// An address within a sheet carries the file's version too, the same as the page's own links to it.
async function writeStyles(name, css) {
  const versions = await versionsOf();
  const stamped = css.replaceAll(/url\("?(?:\.\/)?([^")]+)"?\)/g, (whole, path) => {
    const file = path.replace("/./", "/");
    return file in versions ? `url("${file}?v=${versions[file]}")` : whole;
  });
  await writeFile(join(DIST, `${name}.css`), stamped);
}

async function images(css) {
  const inSheet = [...css.matchAll(/url\("?img\/([^")]+)"?\)/g)].map((match) => match[1]);
  const used = new Set([...inSheet, ...BANNER]);
  for (const image of used) {
    await mkdir(dirname(join(DIST, "img", image)), { recursive: true });
    await cp(join(USWDS, "dist", "img", image), join(DIST, "img", image));
  }
}

async function fonts() {
  await mkdir(join(DIST, "fonts"), { recursive: true });
  for (const [name, source] of Object.entries(FONTS)) {
    const whole = await readFile(join(USWDS, "dist", "fonts", source));
    await writeFile(join(DIST, "fonts", `${name}.woff2`), await cut(whole, LETTERS));
    await writeFile(join(DIST, "fonts", `${name}-accents.woff2`), await cut(whole, ACCENTS));
  }
}

function cut(font, codes) {
  return subsetFont(font, String.fromCodePoint(...codes), { targetFormat: "woff2" });
}

async function icons() {
  const symbols = await Promise.all((await linesOf("icons.txt")).map(symbol));
  await writeFile(join(DIST, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`);
}

async function symbol(name) {
  const svg = await readFile(join(USWDS, "dist", "img", "usa-icons", `${name}.svg`), "utf8");
  const drawing = svg.slice(svg.indexOf(">") + 1, svg.lastIndexOf("</svg>"));
  return `<symbol id="${name}" viewBox="0 0 24 24">${drawing}</symbol>`;
}

// Addresses carry a piece of the content's hash, so that browsers may keep a file for a year.
async function versionsOf() {
  const versions = {};
  for (const entry of await readdir(DIST, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const digest = createHash("sha256").update(await readFile(path)).digest("hex");
    versions[path.slice(DIST.length + 1)] = digest.slice(0, 10);
  }
  return versions;
}

await rm(DIST, { recursive: true, force: true });
await mkdir(DIST, { recursive: true });
const sheets = { app: (await designSystem()) + (await styles("app")), agreement: await styles("agreement") };
await images(sheets.app);
await fonts();
await icons();
await cp(join(ASSETS, "js"), DIST, { recursive: true });
await cp(join(ASSETS, "images"), DIST, { recursive: true });
for (const [name, css] of Object.entries(sheets)) await writeStyles(name, css);
await writeFile(join(DIST, "manifest.json"), JSON.stringify(await versionsOf(), null, 1));
