// This browser belongs to somebody of the newsroom until they sign out: pages of the site offer it their forms.
{
  const { edit, tr, en } = document.currentScript.dataset;
  try {
    localStorage.setItem("newsroom", JSON.stringify({ edit, words: { tr, en } }));
    if (document.querySelector(".messagelist .success")) {
      // What was being sent has arrived; the copy in this browser has done its work.
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith("draft:") && JSON.parse(localStorage.getItem(key)).sending) localStorage.removeItem(key);
      }
    }
    document.addEventListener("submit", (event) => {
      if (event.target.id === "logout-form") localStorage.removeItem("newsroom");
    });
  } catch {
    // A forbidden store: the pages look as they do to citizens.
  }
}
