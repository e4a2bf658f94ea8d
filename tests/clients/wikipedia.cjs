// Asks the "wikipedia" package for a day, with nothing of it changed but the host that it asks.
//
//     node wikipedia.cjs ORIGIN FOLDER '{"type": "all", "month": "8", "day": "20"}'
//
// FOLDER holds the packages; what the client makes of the answer is printed as JSON.
const [origin, folder, options] = process.argv.slice(2);
const load = require("module").createRequire(folder + "/");
const axios = load("axios");
const wiki = load("wikipedia").default;

axios.interceptors.request.use((request) => {
  request.url = request.url.replace("https://en.wikipedia.org", origin);
  return request;
});
wiki.onThisDay(JSON.parse(options)).then(
  (answer) => console.log(JSON.stringify(answer)),
  (error) => console.log(JSON.stringify({ error: error.message })),
);
