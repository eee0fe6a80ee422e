import { defineConfig } from "vite";
import { licences } from "./licences.ts";

const api = process.env["NQI_API"] ?? "http://127.0.0.1:8700";

export default defineConfig({
  // the page's files are served under /page, its views at the root
  base: "/page/",
  // where the build stands in a checkout and in the package alike
  build: {
    outDir: "../qa_service/bundled/web",
    emptyOutDir: true,
    target: "es2022",
    // nothing inline: the content security policy would not let it through
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  plugins: [licences()],
  server: { proxy: { "/api": api } },
});
