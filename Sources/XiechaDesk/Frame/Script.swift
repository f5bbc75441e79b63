/// The one script: a comfort for those whose browser runs it; every page works without.
///
/// It checks a form as it is typed by asking the desk, which asks the shared rules, and warns before a
/// session ends. What it shows it writes as text, never as markup.
enum Script {
  /// Its address names its content, so that a browser may keep it.
  static let path = "/desk-\(StyleSheet.version(of: text)).js"

  static let text = """
    "use strict";
    (() => {
      const root = document.documentElement;
      const token = () => document.querySelector("input[name=token]")?.value;
      const send = (path, fields) => fetch(path, { method: "POST", body: new URLSearchParams(fields) });

      // The time of the last request, shared by all pages of this browser.
      const used = "xiecha-used";
      const use = () => localStorage.setItem(used, String(Date.now()));
      const unused = () => (Date.now() - Number(localStorage.getItem(used))) / 1000;

      function show(form, touched, faults) {
        for (const name of touched) {
          const field = document.getElementById(name);
          const box = field?.closest(".field");
          if (!box) continue;
          document.getElementById(name + "-fault")?.remove();
          const fault = faults[name];
          box.classList.toggle("wrong", Boolean(fault));
          field.setAttribute("aria-invalid", fault ? "true" : "false");
          const notes = (field.getAttribute("aria-describedby") ?? "").split(" ")
            .filter(id => id && id !== name + "-fault");
          if (fault) {
            const said = document.createElement("span");
            said.className = "fault";
            said.id = name + "-fault";
            said.setAttribute("role", "status");
            said.textContent = "▲ " + fault;
            box.append(said);
            notes.push(said.id);
          }
          if (notes.length) field.setAttribute("aria-describedby", notes.join(" "));
          else field.removeAttribute("aria-describedby");
        }
      }

      for (const form of document.querySelectorAll("form[data-check]")) {
        const touched = new Set();
        let latest = 0;
        form.addEventListener("change", async event => {
          touched.add(event.target.name);
          const number = ++latest;
          const reply = await send(form.dataset.check, new FormData(form)).catch(() => null);
          if (!reply?.ok || !reply.headers.get("content-type")?.startsWith("application/json")) return;
          use();
          const faults = await reply.json();
          if (number === latest) show(form, touched, faults);
        });
      }

      function warn() {
        const box = document.createElement("p");
        box.className = "note ends";
        box.setAttribute("role", "alert");
        box.append(root.dataset.ends + " ");
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = root.dataset.stay;
        button.addEventListener("click", async () => {
          const reply = await send("/stay", { token: token() }).catch(() => null);
          if (reply?.status !== 204) return;
          use();
          box.remove();
        });
        box.append(button);
        document.body.append(box);
      }

      if (root.dataset.idle) {
        use();
        setInterval(() => {
          const left = Number(root.dataset.idle) - unused();
          const warning = document.querySelector(".ends");
          if (left < Number(root.dataset.warn) && !warning) warn();
          else if (left >= Number(root.dataset.warn)) warning?.remove();
        }, 1000);
      }
    })();
    """
}
