import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

interface Package {
  name: string;
  version: string;
  license?: string;
}

/** The folder of the package that a module belongs to, or nothing for our own modules. */
function packageOf(module: string): string | undefined {
  if (!module.includes("/node_modules/")) return undefined;
  let folder = dirname(module.replace(/^\0/, "").replace(/[?#].*$/, ""));
  while (folder.includes("/node_modules/")) {
    const file = join(folder, "package.json");
    if (existsSync(file) && (JSON.parse(readFileSync(file, "utf-8")) as Partial<Package>).name) return folder;
    folder = dirname(folder);
  }
  return undefined;
}

function notice(folder: string): string {
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf-8")) as Package;
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  const text = file ? readFileSync(join(folder, file), "utf-8").trim() : `Licence: ${about.license ?? "not stated"}`;
  return `${about.name} ${about.version} (${about.license ?? "see below"})\n\n${text}\n`;
}

/** Writes THIRD_PARTY_LICENSES.txt: the licences of every package that ends up in the page. */
export function licences(): Plugin {
  return {
    name: "licences",
    apply: "build",
    generateBundle(_options, bundle) {
      const folders = new Set<string>();
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk") continue;
        for (const module of chunk.moduleIds) {
          const folder = packageOf(module.replaceAll("\\", "/"));
          if (folder) folders.add(folder);
        }
      }
      const source = [...folders].sort().map(notice).join(`\n${"-".repeat(80)}\n\n`);
      this.emitFile({ type: "asset", fileName: "THIRD_PARTY_LICENSES.txt", source });
    },
  };
}
