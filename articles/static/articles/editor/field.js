// The Markdown field: EasyMDE over the textarea, which stays the form's field.

import { say } from "./asking.js";

const marks = {
  bold: "<b>B</b>", italic: "<i>I</i>", heading: "H", list: "•", steps: "1.", quote: "❝", link: "🔗",
  article: "[ ]", snippet: "{ }", image: "▣", agent: ":::", undo: "↶", redo: "↷",
};

function tool(name, action) {
  return { name, action, className: `desk-tool-${name}`, title: say(name), icon: marks[name] };
}

function around(before, after) {
  return ({ codemirror }) => {
    codemirror.replaceSelection(before + codemirror.getSelection() + after, "around");
    const end = codemirror.getCursor("to");
    if (!codemirror.getSelection().slice(before.length, -after.length || undefined)) {
      codemirror.setCursor({ line: end.line, ch: end.ch - after.length });
    }
    codemirror.focus();
  };
}

export class Field {
  constructor(textarea, { pictures }) {
    const { EasyMDE } = window;
    this.textarea = textarea;
    this.mde = new EasyMDE({
      element: textarea,
      autoDownloadFontAwesome: false,
      spellChecker: false,
      status: false,
      forceSync: true,
      indentWithTabs: false,
      previewImagesInEditor: false,
      minHeight: "18rem",
      maxHeight: "34rem",
      shortcuts: {
        togglePreview: null, toggleSideBySide: null, toggleFullScreen: null, drawImage: null,
        toggleHeadingSmaller: null, toggleHeadingBigger: null, cleanBlock: null,
      },
      toolbar: [
        tool("bold", EasyMDE.toggleBold), tool("italic", EasyMDE.toggleItalic),
        tool("heading", EasyMDE.toggleHeading2), "|",
        tool("list", EasyMDE.toggleUnorderedList), tool("steps", EasyMDE.toggleOrderedList),
        tool("quote", EasyMDE.toggleBlockquote), tool("agent", around("\n::: agent\n", "\n:::\n")), "|",
        tool("link", EasyMDE.drawLink), tool("article", around("[", "](article:)")),
        tool("snippet", around("{{ ", " }}")), tool("image", () => pictures.choose(this)), "|",
        tool("undo", EasyMDE.undo), tool("redo", EasyMDE.redo),
      ],
    });
    this.cm = this.mde.codemirror;
    // Tab goes on to the next field, as everywhere on the page.
    this.cm.setOption("extraKeys", {
      ...this.cm.getOption("extraKeys"), Tab: false, "Shift-Tab": false,
    });
    this.name();
    for (const button of this.mde.gui.toolbar.querySelectorAll("button")) {
      button.setAttribute("aria-label", button.title);
      button.removeAttribute("tabindex");
    }
    this.mde.gui.toolbar.setAttribute("aria-label", say("markup"));
    this.cm.getWrapperElement().parentElement.removeAttribute("role");
    // A long text can be scrolled by keyboard without moving the caret.
    const scroller = this.cm.getScrollerElement();
    scroller.tabIndex = 0;
    scroller.setAttribute("role", "region");
    scroller.setAttribute("aria-label", say("written"));
  }

  // The label names what the keys go to now, and not the field that is hidden.
  name() {
    const input = this.cm.getInputField();
    const label = document.querySelector(`label[for="${this.textarea.id}"]`);
    const help = document.getElementById(`${this.textarea.id}_helptext`);
    input.id = `${this.textarea.id}_editor`;
    input.setAttribute("aria-multiline", "true");
    input.setAttribute("lang", this.textarea.closest("[lang]").lang);
    if (help) input.setAttribute("aria-describedby", help.id);
    if (!label) return;
    if (input.tagName === "TEXTAREA") {
      label.htmlFor = input.id;
    } else {
      label.id = `${this.textarea.id}_label`;
      label.removeAttribute("for");
      input.setAttribute("role", "textbox");
      input.setAttribute("aria-labelledby", label.id);
    }
  }

  get value() {
    return this.cm.getValue();
  }

  set value(text) {
    this.cm.setValue(text);
  }

  onChange(follow) {
    this.cm.on("change", follow);
  }

  insert(text) {
    this.cm.replaceSelection(text);
    this.cm.focus();
  }

  show(line) {
    this.cm.setCursor({ line: line - 1, ch: 0 });
    this.cm.scrollIntoView(null, 80);
    this.cm.focus();
  }

  // Mark the lines where something must be corrected.
  mark(lines) {
    for (const handle of this.marked || []) this.cm.removeLineClass(handle, "background", "desk-problem");
    this.marked = lines
      .filter((line) => line && line <= this.cm.lineCount())
      .map((line) => this.cm.addLineClass(line - 1, "background", "desk-problem"));
  }

  refresh() {
    this.cm.refresh();
  }
}
