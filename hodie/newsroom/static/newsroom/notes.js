// Notes for readers, in Wagtail's rich text: a mark in the text that holds what its note says.
(function () {
  "use strict";

  const { React, DraftJS, draftail } = window;
  const MARK = "*";

  // Ask for a note's text; null means that nothing was decided.
  function ask(text) {
    const dialog = document.createElement("dialog");
    dialog.className = "hodie-ask";
    const label = document.createElement("label");
    label.textContent = text ? "Change the note" : "A note for readers";
    const area = document.createElement("textarea");
    area.rows = 5;
    area.value = text;
    const help = document.createElement("p");
    help.textContent = "It stands below the story under its number. *Titles* between asterisks are "
      + "set in italics, <https://addresses> between angle brackets become links.";
    const keep = button("Keep the note", "button");
    const leave = button("Cancel", "button button-secondary");
    label.append(area);
    dialog.append(label, help, keep, leave);
    document.body.append(dialog);
    return new Promise((answer) => {
      const done = (said) => { dialog.remove(); answer(said); };
      keep.addEventListener("click", () => done(area.value.trim().replace(/\s+/g, " ")));
      leave.addEventListener("click", () => done(null));
      dialog.addEventListener("cancel", () => done(null));
      dialog.showModal();
      area.focus();
    });
  }

  function button(words, classes) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = classes;
    made.textContent = words;
    return made;
  }

  function changed(state, key, note) {
    const content = state.getCurrentContent().replaceEntityData(key, { note });
    const next = DraftJS.EditorState.push(state, content, "apply-entity");
    return DraftJS.EditorState.forceSelection(next, state.getSelection());
  }

  function added(state, type, note) {
    const { EditorState, Modifier } = DraftJS;
    const selection = state.getSelection();
    // A note follows the words that it is about.
    const end = selection.merge({
      anchorKey: selection.getEndKey(), anchorOffset: selection.getEndOffset(),
      focusKey: selection.getEndKey(), focusOffset: selection.getEndOffset(), isBackward: false,
    });
    const content = state.getCurrentContent().createEntity(type, "IMMUTABLE", { note });
    const key = content.getLastCreatedEntityKey();
    const next = Modifier.insertText(content, end, MARK, null, key);
    return EditorState.push(state, next, "insert-characters");
  }

  function removed(state, key) {
    let content = state.getCurrentContent();
    for (const block of content.getBlocksAsArray()) {
      block.findEntityRanges((each) => each.getEntity() === key, (start, end) => {
        const range = DraftJS.SelectionState.createEmpty(block.getKey())
          .merge({ anchorOffset: start, focusOffset: end });
        content = DraftJS.Modifier.removeRange(content, range, "backward");
      });
    }
    return DraftJS.EditorState.push(state, content, "remove-range");
  }

  // The editor itself would take away the note and leave its mark: so it is asked to edit it.
  let leaving = null;

  class NoteSource extends React.Component {
    componentDidMount() {
      const { editorState, entityType, entity, entityKey, onComplete, onClose } = this.props;
      if (entityKey && leaving === entityKey) {
        leaving = null;
        onComplete(removed(editorState, entityKey));
        return;
      }
      ask(entity ? entity.getData().note : "").then((note) => {
        if (note === "" && entityKey) onComplete(removed(editorState, entityKey));
        else if (!note) onClose();
        else if (entityKey) onComplete(changed(editorState, entityKey, note));
        else onComplete(added(editorState, entityType.type, note));
      });
    }

    render() { return null; }
  }

  function Note(props) {
    const { note } = props.contentState.getEntity(props.entityKey).getData();
    return React.createElement("span", { className: "hodie-note" },
      React.createElement(draftail.TooltipEntity, {
        ...props,
        icon: React.createElement("span"),
        label: note,
        url: "",
        onRemove: (key) => { leaving = key; props.onEdit(key); },
      }));
  }

  draftail.registerPlugin({ type: "HODIE_NOTE", source: NoteSource, decorator: Note }, "entityTypes");
})();
