import type { RuleTester } from "oxlint/plugins-dev";

// Rules that oxlint does not have. oxlint.config.ts selects the folders to which each rule applies.
type Rule = Parameters<RuleTester["run"]>[1];

/** Modules that give access to a secret or the database. */
const server =
  /^(@\/lib\/(env|auth|http)|@\/lib\/supabase\/(user-client|admin-client)|@\/lib\/replicate\/client|replicate|next\/(headers|server))$/;

const serverOnly: Rule = {
  create: (context) => {
    const message = 'This file uses server modules: its first line must be `import "server-only"`.';
    const [first] = context.sourceCode.ast.body;
    if (first?.type === "ImportDeclaration" && first.source.value === "server-only") return {};
    return {
      ImportDeclaration(node) {
        if (node.importKind !== "type" && server.test(node.source.value)) context.report({ node, message });
      },
      MemberExpression(node) {
        if (context.sourceCode.getText(node) === "process.env") context.report({ node, message });
      },
    };
  },
};

const componentImports: Rule = {
  meta: { schema: [{ type: "object", properties: { browserFiles: { type: "array", items: { type: "string" } } } }] },
  create: (context) => {
    const browserFiles = JSON.stringify(context.options);
    return {
      ImportDeclaration(node) {
        const [, file] = /^@\/lib\/(.+)$/.exec(node.source.value) ?? [];
        if (!file || browserFiles.includes(JSON.stringify(file))) return;
        if (!file.endsWith("/schema")) {
          context.report({
            node,
            message:
              "Components may import only schemas from lib, and the files in `browserFiles` of oxlint.layers.ts.",
          });
        } else if (node.importKind !== "type") {
          context.report({ node, message: "Write `import type`: zod must not reach the browser." });
        }
      },
    };
  },
};

const noAdminClient: Rule = {
  create: (context) => ({
    ImportDeclaration(node) {
      if (!/^(@\/lib\/supabase|\.)\/admin-client$/.test(node.source.value)) return;
      context.report({
        node,
        message: "adminClient bypasses row level security: only `adminUsers` of oxlint.layers.ts may use it.",
      });
    },
  }),
};

const noUseClient: Rule = {
  create: (context) => ({
    Program(program) {
      const node = program.body.find((statement) => "directive" in statement && statement.directive === "use client");
      if (node) context.report({ node, message: "Only files in components/ may use `use client`." });
    },
  }),
};

const noBarrel: Rule = {
  create: (context) => {
    const message = "Do not re-export: import from the file that defines the name.";
    return {
      ExportAllDeclaration: (node) => context.report({ node, message }),
      ExportNamedDeclaration(node) {
        if (node.source) context.report({ node, message });
      },
    };
  },
};

const noErrorResponse: Rule = {
  create: (context) => ({
    Property(node) {
      const call = node.parent.parent;
      if (call?.type !== "NewExpression" && call?.type !== "CallExpression") return;
      if (!/^(Next)?Response(\.json)?$/.test(context.sourceCode.getText(call.callee))) return;
      const [key, value] = [context.sourceCode.getText(node.key), context.sourceCode.getText(node.value)];
      if (key !== "status" || /^(.+ \? )?[123]\d\d( : [123]\d\d)?$/.test(value)) return;
      context.report({ node, message: "Throw an AppError: only lib/http.ts turns errors into responses." });
    },
  }),
};

export default {
  meta: { name: "darkroom" },
  rules: {
    "server-only": serverOnly,
    "component-imports": componentImports,
    "no-admin-client": noAdminClient,
    "no-use-client": noUseClient,
    "no-barrel": noBarrel,
    "no-error-response": noErrorResponse,
  },
};
